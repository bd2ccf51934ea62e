"""A store stands on a disk of this computer, in a folder that is ours, for one window at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from oirs_desktop import paths

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
//server/share /mnt/con\\040espacio cifs rw 0 0
/dev/sdb1 /mnt/con\\040espacio/local ext4 rw 0 0
me@host: /media/ssh fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "remote"),
    [
        ("/var/lib/oirs", False),
        ("/home/ana/oirs", True),
        ("/home", True),
        ("/homestead", False),
        ("/mnt/con espacio/x", True),
        ("/mnt/con espacio/local/x", False),
        ("/media/ssh/x", True),
    ],
)
@pytest.mark.skipif(paths.sys.platform == "win32", reason="mounts of Linux")
def test_a_network_disk_is_known_by_its_mount(tmp_path: Path, folder: str, *, remote: bool) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS, encoding="utf-8")
    if remote:
        with pytest.raises(paths.FolderRemote) as why:
            paths.check_local(Path(folder), mounts)
        assert why.value.data == {"reason": "network"}
    else:
        paths.check_local(Path(folder), mounts)


@pytest.mark.parametrize(
    ("name", "cloud"),
    [
        ("OneDrive", True),
        ("OneDrive - Gobierno de Chile", True),
        ("Dropbox (Oficina)", True),
        ("Google Drive", True),
        ("Nextcloud", True),
        ("onedrivers", False),
        ("Documentos", False),
    ],
)
def test_a_folder_that_a_cloud_program_copies_is_known_by_its_name(
    tmp_path: Path, name: str, *, cloud: bool
) -> None:
    folder = tmp_path / name / "oirs"
    if cloud:
        with pytest.raises(paths.FolderRemote) as why:
            paths.check_local(folder)
        assert why.value.data == {"reason": "cloud"}
    else:
        paths.check_local(folder)


def test_a_lock_is_held_by_one_and_let_go_once(tmp_path: Path) -> None:
    first = paths.FolderLock(tmp_path)
    with pytest.raises(paths.StoreBusy):
        paths.FolderLock(tmp_path)
    first.release()
    first.release()
    paths.FolderLock(tmp_path).release()


def test_the_data_folder_is_the_users_own() -> None:
    assert paths.data_folder().is_absolute()
    assert paths.data_folder().name == paths.APP
