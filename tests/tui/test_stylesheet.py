"""The stylesheet is read once for each theme, and says the same as if it were read again."""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet

from planner.session.session import Session
from planner.tui.shell.stylesheet import KeptStylesheet
from tests.tui.looking import looking


def said(stylesheet: Stylesheet) -> list[str]:
    return [f"{rule.selectors} {dict(rule.styles.get_rules())}" for rule in stylesheet.rules]


async def test_another_theme_is_read_with_its_own_colours(small: Session) -> None:
    async with looking(small) as look:
        for theme in ("planner-light", "planner-dark", "planner-light"):
            look.app.theme = theme
            await look.press("2", "1")
            kept = look.app.stylesheet
            again = Stylesheet(variables=look.app.get_css_variables())
            again.source = dict(kept.source)
            again.parse()
            assert isinstance(kept, KeptStylesheet)
            assert said(kept) == said(again)
