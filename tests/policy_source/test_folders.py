"""Watching a real folder: ConfigMaps, editors, and what vanishes."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.policy_source.watched import PERIOD, TAKEN_OVER, Folder, named, set_of, watching
from tests.virtual_time import in_virtual_time

A, B = named("a"), named("b")


def mount(folder: Path, version: str, **texts: str) -> None:
    """Put in a version of a ConfigMap as the kubelet does: all files by one swap of a link."""
    behind = folder / f"..{version}"
    behind.mkdir()
    for name, text in texts.items():
        (behind / f"{name}.yaml").write_text(text, "utf-8")
    swap = folder / "..data_tmp"
    swap.symlink_to(behind.name)
    swap.rename(folder / "..data")
    for name in texts:
        link = folder / f"{name}.yaml"
        if not link.is_symlink():
            link.symlink_to(f"..data/{name}.yaml")


@in_virtual_time
async def test_a_configmap_that_is_swapped_is_taken_over(tmp_path: Path) -> None:
    mount(tmp_path, "2026_01", p=A)
    async with watching(Folder(tmp_path), set_of(A)) as watched:
        await asyncio.sleep(TAKEN_OVER)
        mount(tmp_path, "2026_02", p=B)
        await asyncio.sleep(TAKEN_OVER)

        assert (watched.names, watched.source.complaint()) == (["b"], None)

    assert len(watched.switches) == 1


@in_virtual_time
async def test_a_file_that_loses_its_configmap_is_refused(tmp_path: Path) -> None:
    mount(tmp_path, "2026_01", p=A, q=B)
    async with watching(Folder(tmp_path), set_of(A, B)) as watched:
        await asyncio.sleep(TAKEN_OVER)
        mount(tmp_path, "2026_02", p=A)
        await asyncio.sleep(TAKEN_OVER)

        assert watched.names == ["a", "b"]
        assert "q.yaml:1:1: Syntax: cannot be read" in str(watched.source.complaint())
        (tmp_path / "q.yaml").unlink()
        await asyncio.sleep(TAKEN_OVER)

        assert (watched.names, watched.source.complaint()) == (["a"], None)


@in_virtual_time
async def test_a_folder_that_vanishes_or_is_emptied_is_refused(tmp_path: Path) -> None:
    folder, away = tmp_path / "policies", tmp_path / "away"
    folder.mkdir()
    file = folder / "a.yaml"
    file.write_text(A, "utf-8")
    async with watching(Folder(folder), set_of(A)) as watched:
        await asyncio.sleep(TAKEN_OVER)
        folder.rename(away)
        await asyncio.sleep(TAKEN_OVER)
        assert "No such file or directory" in str(watched.source.complaint())

        folder.mkdir()
        await asyncio.sleep(TAKEN_OVER)
        assert "the directory holds no policy" in str(watched.source.complaint())

        away.joinpath("a.yaml").rename(file)
        await asyncio.sleep(TAKEN_OVER)
        assert watched.source.complaint() is None

    assert (watched.names, watched.switches) == (["a"], [])


@in_virtual_time
async def test_a_file_that_is_replaced_while_it_is_away_for_a_moment_is_not_missed(
    tmp_path: Path,
) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(A, "utf-8")
    async with watching(Folder(tmp_path), set_of(A)) as watched:
        await asyncio.sleep(TAKEN_OVER)
        file.unlink()
        await asyncio.sleep(PERIOD)
        file.write_text(B, "utf-8")
        await asyncio.sleep(TAKEN_OVER)

    assert (watched.names, watched.told("warning")) == (["b"], [])
