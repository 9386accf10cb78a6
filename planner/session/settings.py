"""The settings of the user, for what may not open files itself."""

from __future__ import annotations

from planner.files.configuration import Configuration as Configuration
from planner.files.configuration import Settings as Settings
from planner.files.configuration import configuration as configuration
