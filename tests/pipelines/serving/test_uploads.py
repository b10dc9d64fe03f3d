"""Uploaded files land whole in the inbox under safe names, and each can be followed to its outcome."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from features.training_log import Athlete
from pipelines import settings
from pipelines.errors import KneewiseError
from pipelines.serving import uploads
from pipelines.serving.background import Background
from pipelines.serving.catching_up import catch_up
from pipelines.settings import Settings
from pipelines.steps import open_home

SAMPLES = Path(__file__).resolve().parents[3] / "data_samples"


@pytest.fixture
def config(tmp_path: Path) -> Settings:
    config = settings.load(tmp_path)
    with open_home(config) as home:
        home.logbook.add_athlete(Athlete("mara", "Mara"))
    return config


def sample(name: str) -> tuple[str, io.BytesIO]:
    return name, io.BytesIO((SAMPLES / "mara" / name).read_bytes())


def zipped(*names: str) -> tuple[str, io.BytesIO]:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.write(SAMPLES / "mara" / name, name)
    return "export.zip", io.BytesIO(content.getvalue())


def test_each_file_of_an_upload_is_followed_to_its_outcome(config: Settings) -> None:
    files = [
        sample("2026-04-21-easy.fit"),
        ("shopping.txt", io.BytesIO(b"milk")),
        zipped("2026-05-05-easy.fit"),
    ]
    receipt = uploads.receive(config, "mara", files)
    before = uploads.outcomes(config, "mara", receipt)
    assert before is not None
    assert {o.name: o.outcome for o in before} == dict.fromkeys(
        ("2026-04-21-easy.fit", "export.zip", "shopping.txt")
    )
    catch_up(config)
    after = uploads.outcomes(config, "mara", receipt)
    assert after is not None
    found = {o.name: o.outcome for o in after}
    assert found == {
        "2026-04-21-easy.fit": "imported",
        "export.zip": "archive",
        "export.zip/2026-05-05-easy.fit": "imported",
        "shopping.txt": "ignored",
    }
    assert all(len(o.activities) == 1 for o in after if o.outcome == "imported")
    assert uploads.receipts(config, "mara") == [receipt]


def test_the_background_reads_uploads_in_a_process_of_its_own(config: Settings) -> None:
    background = Background(config.home)
    try:
        receipt = uploads.receive(config, "mara", [sample("2026-04-21-easy.fit")])
        background.wake()
        until = time.monotonic() + 60
        while background.is_busy and time.monotonic() < until:
            time.sleep(0.1)
    finally:
        background.close()
    assert [o.outcome for o in uploads.outcomes(config, "mara", receipt) or ()] == ["imported"]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\run.fit", "run.fit"),
        ("..", "file"),
        ("", "file"),
        (".hidden.fit", "hidden.fit"),
        ("a\r\nSet-Cookie: x.fit", "a__Set-Cookie_ x.fit"),
        ("run.fit.part", "file-run-fit-part"),
        ("x" * 300 + ".fit", "x" * 108 + ".fit"),
    ],
)
def test_a_name_leads_nowhere_but_into_its_folder(told: str, kept: str) -> None:
    assert uploads.safe_name(told) == kept


def test_equal_names_are_both_kept(config: Settings) -> None:
    files = [("Run.fit.gz", io.BytesIO(b"1")), ("run.fit.gz", io.BytesIO(b"2"))]
    receipt = uploads.receive(config, "mara", files)
    found = uploads.outcomes(config, "mara", receipt)
    assert found is not None
    assert [o.name for o in found] == ["Run.fit.gz", "run (2).fit.gz"]


def test_an_upload_of_nothing_leaves_nothing(config: Settings) -> None:
    with pytest.raises(KneewiseError, match="no file was chosen"):
        uploads.receive(config, "mara", [])
    assert list(uploads.uploads_of(config, "mara").iterdir()) == []


@pytest.mark.parametrize("receipt", ["..", "../..", "20261116-101010-00000000", "."])
def test_no_receipt_but_an_own_one_says_anything(config: Settings, receipt: str) -> None:
    uploads.uploads_of(config, "mara").mkdir(parents=True)
    assert uploads.outcomes(config, "mara", receipt) is None
