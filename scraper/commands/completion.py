"""``scraper completion``: the completion script of a shell."""

from __future__ import annotations

import click

from scraper.commands._options import talk
from scraper.commands._talk import put

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@talk
def command(shell: str) -> None:
    """Print the completion script of a shell.

    \b
    bash   scraper completion bash > ~/.local/share/bash-completion/completions/scraper
    zsh    scraper completion zsh > "${fpath[1]}/_scraper"
    fish   scraper completion fish > ~/.config/fish/completions/scraper.fish
    """
    from click.shell_completion import get_completion_class

    from scraper.commands import program

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"click knows no completion for {shell}")
    put(kind(program, {}, "scraper", "_SCRAPER_COMPLETE").source())
