"""What the programs that send newsletters put around every issue, in the languages they do it in."""

from __future__ import annotations

import re

_AROUND = re.compile(
    r"\bunsubscrib|\bopt[- ]out\b|(?:view|read|open|see)\b.{0,30}\b(?:in|on)\b.{0,12}\b(?:browser|the app|app|web)\b"
    r"|\bview (?:it )?online\b|(?:manage|update|change|edit) (?:your )?(?:email |e-mail |newsletter )?(?:preferences|settings"
    r"|subscription)|you(?:['’]re| are)? (?:are )?(?:receiv(?:ed|ing)|getting|got) this (?:e-?mail|newsletter|message)"
    r"|this (?:e-?mail|newsletter) was sent (?:to|by)|was this (?:e-?mail|newsletter) forwarded|forward(?:ed)? (?:this |it )?"
    r"to a friend|add us to your address book|^share (?:this|on)|^follow us|sent to \S+@\S+"
    r"|^(?:privacy policy|terms (?:of (?:use|service)|and conditions)|all rights reserved)|^(?:copyright )?(?:©|\(c\)) ?\d{4}"
    r"|\babbestellen|\babmelden|newsletter abbestell|im browser (?:an|lesen|öffnen|ansehen)|online(?:version| lesen)"
    r"|se désinscrire|se désabonner|désabonn|dans (?:votre|le) navigateur|darse de baja|cancelar (?:la |su )?suscripción"
    r"|en (?:su|el|tu) navegador|annulla (?:l['’])?iscrizione|disiscri|nel browser|uitschrijven|afmelden|in je browser"
    r"|cancelar (?:a )?(?:inscrição|assinatura)|no (?:seu )?navegador|отписаться|в браузере|wypisz|w przeglądarce",
    re.IGNORECASE,
)
"""What a sender's program puts around every issue: how to leave, where to read it, whose rights."""

_LONGEST_AROUND = 300
_SHARING = frozenset(
    [
        "share",
        "tweet",
        "forward",
        "like",
        "facebook",
        "twitter",
        "x",
        "instagram",
        "linkedin",
        "youtube",
        "bluesky",
        "mastodon",
        "threads",
        "whatsapp",
        "telegram",
        "email",
        "print",
        "reply",
        "comment",
        "restack",
        "subscribe",
        "website",
    ]
)


def is_around(text: str) -> bool:
    """Whether a paragraph is what the sender's program puts around every issue."""
    if len(text) > _LONGEST_AROUND:
        return False
    words = [word.lower() for word in re.findall(r"[^\W_]+", text)]
    return bool(_AROUND.search(text)) or _SHARING.issuperset(words)
