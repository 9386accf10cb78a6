"""What a patch is headed with."""

from __future__ import annotations

from planner.text.patching import patch


def test_a_file_by_its_whole_path_is_headed_as_git_does() -> None:
    head = patch("/plans/it.toml", "a\n", "b\n").splitlines()[:2]
    assert head == ["--- a/plans/it.toml", "+++ b/plans/it.toml"]
