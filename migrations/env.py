"""What Alembic runs: the steps, on the connection and in the transaction the caller opened."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes.get("metadata"),
    transactional_ddl=True,
)
context.run_migrations()
