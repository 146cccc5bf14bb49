"""Commands that change what the library holds."""

from typing import Annotated, Any, Optional

import typer

from commands.app import LibraryOption, PasswordOption, app
from terminal.commands import index, library_at
from terminal.exits import Exit

_Text = Optional[str]  # noqa: UP045 - Typer reads the annotation at run time
_Texts = Optional[list[str]]  # noqa: UP045


def _option(name: str, what: str) -> Any:  # noqa: ANN401 - Typer's own type is not public
    return typer.Option(f"--{name}", metavar="TEXT", help=what)


@app.command(
    epilog="Examples:  cuttings edit 42 --date 2021-11-04   |   cuttings edit 42 --author 'Anna Lind' --author AFP"
)
def edit(
    article: Annotated[int, typer.Argument(metavar="ID", help="An article's number.")],
    headline: Annotated[_Text, _option("headline", "The headline.")] = None,
    standfirst: Annotated[_Text, _option("standfirst", "The summary under the headline.")] = None,
    byline: Annotated[_Text, _option("byline", "The byline as printed.")] = None,
    author: Annotated[_Texts, _option("author", "An author; give it for each.")] = None,
    date: Annotated[_Text, _option("date", "The day of publication, as 2021-11-04.")] = None,
    section: Annotated[_Text, _option("section", "The publisher's section.")] = None,
    language: Annotated[_Text, _option("language", "The language, as en or pt-BR.")] = None,
    site: Annotated[_Text, _option("site", "The site, as moscowtimes.example.")] = None,
    url: Annotated[_Text, _option("url", "The article's address.")] = None,
    tag: Annotated[_Texts, _option("tag", "A tag to put on; give it for each.")] = None,
    untag: Annotated[_Texts, _option("untag", "A tag to take off; give it for each.")] = None,
    library: LibraryOption = None,
) -> None:
    """Set right what is known of an article.

    What you give stays, whatever the source says later. An empty text takes a value away. The
    wording before becomes a revision; nothing is lost.
    """
    from library.editing import edit as change

    values = {
        "headline": headline, "standfirst": standfirst, "byline": byline, "authors": author,
        "published": date, "section": section, "language": language, "site": site, "url": url,
        "tag": tag, "untag": untag,
    }  # fmt: skip
    given = {name: value for name, value in values.items() if value is not None}
    if not given:
        raise typer.BadParameter("say what to change, as in: cuttings edit 42 --date 2021-11-04")
    with library_at(library) as opened:
        changed = change(opened, article, given)
        opened.indexing.drain()
    print(f"{article} changed: {', '.join(changed)}." if changed else f"{article} says so already.")


@app.command(epilog="Examples:  cuttings reparse 42   |   cuttings reparse --all")
def reparse(
    ids: Annotated[
        Optional[list[int]],  # noqa: UP045 - Typer reads the annotation at run time
        typer.Argument(metavar="[ID...]", help="Numbers of articles."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All articles.")] = False,
    library: LibraryOption = None,
    password: PasswordOption = None,
) -> None:
    """Read articles again, from their originals, by today's parsers.

    What reads otherwise now is stored as a revision, what you have set right stays.
    """
    from library.originals import reparse as again
    from terminal.ingests import tell
    from terminal.progress import progress

    if bool(ids) == every:
        raise typer.BadParameter("give the numbers of articles, or --all")
    with library_at(library) as opened:
        failed = tell(progress(again(opened, None if every else ids, password), "Reading"))
        index(opened)
    if failed:
        raise typer.Exit(Exit.SOME_FAILED)
