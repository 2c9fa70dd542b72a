"""What people see of a drill: each statement as it is made, then the call's ladder and figures."""

from rich.console import Console
from rich.table import Table

from lianxi.drills.report import Report, Statement


class Teller:
    """Prints a drill as it is played."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._step = ""

    def tell(self, statement: Statement) -> None:
        """One statement, under the heading of its step."""
        if statement.step != self._step:
            self._step = statement.step
            self._console.print(f"\n[bold]{statement.step.replace('_', ' ')}[/]")
        mark = "[green]✓[/]" if statement.ok else "[red]✗[/]"
        self._console.print(f"  {mark} {statement.text}", highlight=False)
        if statement.seen:
            self._console.print(
                f"      {statement.seen}", style="dim", highlight=False, markup=False
            )

    def end(self, report: Report) -> None:
        """The ladder, the figures, the machine and the verdict."""
        if report.ladder:
            ladder = Table("ms", "what happened", title="The first call", title_justify="left")
            for rung in report.ladder:
                ladder.add_row(f"{rung.at_ms:,.0f}", rung.what)
            self._console.print("\n", ladder)
        for title, values in (("Figures", report.figures), ("Machine", report.machine)):
            table = Table(title=title, title_justify="left", show_header=False)
            for name, value in values.items():
                table.add_row(name, str(value))
            self._console.print(table)
        failed = sum(not one.ok for one in report.statements)
        total = len(report.statements)
        if report.ok:
            self._console.print(f"[bold green]{report.name}: all {total} statements hold[/]")
        else:
            self._console.print(f"[bold red]{report.name}: {failed} of {total} do not hold[/]")
