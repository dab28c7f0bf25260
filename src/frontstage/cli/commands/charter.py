"""frontstage charter check|apply|show"""

from __future__ import annotations

from pathlib import Path

import click

from frontstage.cli import exits, starting
from frontstage.cli.output import complain, console


@click.group("charter")
def command() -> None:
    """Check a service charter, put it in force, show the one in force."""


def _shipped(name: str) -> Path:
    """A path as it is, or the name of a shipped charter such as gas_supply."""
    path = Path(name)
    if path.exists():
        return path
    library = Path(__file__).resolve().parent.parent.parent / "charters" / "library"
    for shipped in (library / f"{name}.yaml", library / name / "charter.yaml"):
        if shipped.exists():
            return shipped
    names = ", ".join(sorted(found.stem for found in library.glob("*.yaml")))
    raise click.BadParameter(f"there is no file {name}, and no shipped charter of that name ({names}).")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise click.BadParameter(f"{path} cannot be read as UTF-8 text: {error}") from None


@command.command("check", epilog="\b\nExample:\n  frontstage charter check charters/gas_supply.yaml")
@click.argument("files", nargs=-1, required=True)
def check(files: tuple[str, ...]) -> None:
    """Explain every mistake of a charter at once, with its line and remedy. Changes nothing.

    FILES are paths or names of shipped charters. Exit code 2 when there is a mistake.
    """
    starting.start_django_offline()
    from frontstage.charters import public as charters

    mistakes = 0
    for path in map(_shipped, files):
        problems = charters.check(_read(path), file=str(path))
        mistakes += len(problems)
        for problem in problems:
            where = f"{path}:{problem.line}:{problem.column}"
            console.print(f"[bold]{where}[/] {problem.message}", markup=True)
            if problem.remedy:
                console.print(f"    {problem.remedy}", markup=False)
        if not problems:
            console.print(f"{path}: no mistakes", markup=False)
    if mistakes:
        raise exits.Stop(f"{mistakes} mistake{'s' if mistakes != 1 else ''}.", code=exits.WRONG_USE)


@command.command("apply", epilog="\b\nExample:\n  frontstage charter apply gas_supply")
@click.argument("file")
def apply(file: str) -> None:
    """Put a charter, or its next version, in force. Cases already open keep the version they began under.

    FILE is a path or the name of a shipped charter. All or nothing; applying the same again changes nothing.
    """
    path = _shipped(file)
    text = _read(path)
    with starting.installation():
        from django.utils import timezone

        from frontstage.charters import public as charters
        from frontstage.foundation.actors import Actor

        starting.require_migrated()
        if problems := charters.check(text, file=str(path)):
            for problem in problems:
                complain(f"{path}:{problem.line}:{problem.column} {problem.message}", problem.remedy)
            raise exits.Stop(f"{len(problems)} mistakes; nothing was applied.", code=exits.WRONG_USE)
        actor = Actor(kind="program", label="frontstage charter apply", origin="charter")
        edition = charters.apply(text, now=timezone.now(), actor=actor)
        console.print(f"In force: {edition}", markup=False)


@command.command("show")
def show() -> None:
    """Show the charter in force."""
    with starting.installation():
        from django.utils import timezone

        from frontstage.charters import public as charters

        starting.require_migrated()
        edition = charters.in_force(timezone.localdate())
        if edition is None:
            raise exits.Stop(
                "No charter is in force.", remedy="Put one in force: frontstage charter apply gas_supply"
            )
        console.print(str(edition), markup=False)
