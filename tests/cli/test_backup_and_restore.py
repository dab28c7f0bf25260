"""Everything comes back from a backup; nothing is touched by a bad one."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from frontstage.cli import archive, dumping, exits
from tests.cli.conftest import Terminal

FILL = """
from tests.cast import install_service
from django.conf import settings
from pathlib import Path
install_service()
folder = Path(settings.MEDIA_ROOT) / "2026" / "11"
folder.mkdir(parents=True)
(folder / "photo.jpg").write_bytes(bytes(range(256)) * 5000)
(folder / "报修 单.txt").write_text("燃气灶打不着火")
"""
# A digest of every table of the installation, of every sequence, and of every attachment.
DIGEST = """
import hashlib
from pathlib import Path
from django.conf import settings
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    for (table,) in cursor.fetchall():
        rows = "count(*), md5(string_agg(t::text, chr(10) ORDER BY t::text))"
        cursor.execute(f'SELECT {rows} FROM "{table}" t')
        print(table, *cursor.fetchone())
    cursor.execute("SELECT sequencename, last_value FROM pg_sequences ORDER BY 1")
    for row in cursor.fetchall():
        print(*row)
for path in sorted(Path(settings.MEDIA_ROOT).rglob("*")):
    if path.is_file():
        print(path.relative_to(settings.MEDIA_ROOT), hashlib.sha256(path.read_bytes()).hexdigest())
"""


@pytest.fixture
def filled(migrated: Terminal) -> Terminal:
    migrated.python(FILL)
    return migrated


def test_a_round_trip_brings_back_every_table_and_every_attachment(filled: Terminal, tmp_path: Path) -> None:
    before = filled.python(DIGEST)
    assert "people_team 3 " in before
    assert "报修 单.txt" in before
    file = tmp_path / "backup.tar"
    done = filled.run("backup", str(file))
    assert done.returncode == 0, done.stderr
    assert file.stat().st_mode & 0o777 == 0o600

    elsewhere = Terminal(tmp_path / "elsewhere")
    try:
        done = elsewhere.run("restore", str(file))
        assert done.returncode == 0, done.stderr
        assert elsewhere.python(DIGEST) == before
    finally:
        elsewhere.kill_everything()

    # In the place of what is there: only when asked for, and then wholly.
    filled.python("from frontstage.people.public import Team; Team.objects.all().delete()")
    refused = filled.run("restore", str(file))
    assert (refused.returncode, "--replace" in refused.stderr) == (3, True)
    assert "people_team 0 " in filled.python(DIGEST)
    assert filled.run("restore", "--replace", str(file)).returncode == 0
    assert filled.python(DIGEST) == before

    # Never over a file that is there, unless asked to.
    assert filled.run("backup", str(file)).returncode == 3
    assert [
        path.name for path in tmp_path.iterdir() if "frontstage" in path.name or "making" in path.name
    ] == []


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    dump, files = tmp_path / "dump", tmp_path / "files"
    dump.write_bytes(b"PGDMP" * 1000)
    files.mkdir()
    (files / "photo.jpg").write_bytes(b"photo")
    target = tmp_path / "backup.tar"
    manifest = archive.Manifest("0.1.0", 18, "2026-11-23T00:00:00+00:00", [])
    archive.write(target, dump, files, manifest, lambda done, total: None)
    return target


def test_a_sound_archive_is_unpacked_as_it_was(sound: Path, tmp_path: Path) -> None:
    assert set(archive.verified(sound).digests) == {"database.dump", "files/photo.jpg"}
    archive.unpack(sound, dump=tmp_path / "out.dump", files=tmp_path / "out")
    assert (tmp_path / "out.dump").read_bytes() == b"PGDMP" * 1000
    assert (tmp_path / "out" / "photo.jpg").read_bytes() == b"photo"


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_an_archive_that_was_cut_short_is_refused(sound: Path, kept: float) -> None:
    whole = sound.read_bytes()
    content = whole.rstrip(b"\0")
    sound.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(exits.Stop, match="not a sound backup"):
        archive.verified(sound)


def test_an_archive_with_a_changed_byte_is_refused(sound: Path) -> None:
    whole = bytearray(sound.read_bytes())
    whole[whole.index(b"PGDMPPGDMP") + 7] ^= 1
    sound.write_bytes(whole)
    with pytest.raises(exits.Stop, match=r"differs from its manifest: database\.dump"):
        archive.verified(sound)


def test_what_is_no_archive_at_all_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a backup")
    with pytest.raises(exits.Stop, match="not a sound backup"):
        archive.verified(tmp_path / "notes.txt")


def test_a_member_that_points_outside_is_refused(sound: Path, tmp_path: Path) -> None:
    evil = tmp_path / "evil.tar"
    with tarfile.open(evil, "w") as target:
        target.add(tmp_path / "dump", arcname="files/../../outside")
    with pytest.raises(exits.Stop, match="points outside"):
        archive.unpack(evil, dump=tmp_path / "d", files=tmp_path / "inside")
    assert not (tmp_path.parent / "outside").exists()


def test_an_older_server_is_spared_the_settings_that_it_does_not_know() -> None:
    script = (
        b"SET lock_timeout = 0;\nSET transaction_timeout = 0;\nCREATE TABLE t (x text);\n" + b"row\n" * 100
    )
    for server, expected in [(15, script.replace(b"SET transaction_timeout = 0;\n", b"")), (18, script)]:
        passed = io.BytesIO()
        dumping._pass_on(io.BytesIO(script), passed, server)
        assert passed.getvalue() == expected
