"""The logbook's tables of exercises and plans: what was done, what was given, and the runs that are meant to be run.

No level rests on any of them (``ours``), so a word about an exercise has nothing measured anew.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, DateTime, Float, ForeignKey, Integer, String, Table

from pipelines.logbook.tables import metadata

exercise_done = Table(
    "exercise_done",
    metadata,
    Column("athlete", ForeignKey("athlete.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("exercise", String, primary_key=True),
    Column("step", Integer, nullable=False, comment="of the dose ladder, 1 = the first"),
    Column("sets", Integer, comment="as done; NULL = as the step says"),
    Column("pain", Integer, comment="0 to 10 while doing it; NULL = not said"),
    Column("pain_next_morning", Integer, comment="0 to 10; NULL = not said"),
    CheckConstraint("step >= 1", name="step_counts_from_one"),
    CheckConstraint("sets >= 1", name="sets_were_done"),
    CheckConstraint("pain between 0 and 10", name="pain_scale"),
    CheckConstraint("pain_next_morning between 0 and 10", name="pain_next_morning_scale"),
    info={"ours": True},
)

plan_given = Table(
    "plan_given",
    metadata,
    Column("id", Integer, primary_key=True, comment="the last of a week is the one that counts"),
    Column("athlete", ForeignKey("athlete.id"), nullable=False),
    Column("first_day", Date, nullable=False, comment="of the week that is planned"),
    Column("given_at", DateTime, nullable=False, comment="UTC"),
    Column("plan", String, nullable=False, comment="JSON, as models.adherence.GivenPlan has it"),
    info={"ours": True},
)

planned_run = Table(
    "planned_run",
    metadata,
    Column("athlete", ForeignKey("athlete.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("distance_m", Float, nullable=False),
    Column("descent_m", Float, comment="NULL = not said"),
    CheckConstraint("distance_m > 0", name="distance_is_run"),
    CheckConstraint("descent_m >= 0", name="descent_goes_down"),
    info={"ours": True},
)
