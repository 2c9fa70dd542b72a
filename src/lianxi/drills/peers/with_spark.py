"""Apache Spark as a peer, in local mode: the product's own expressions, compiled for it by Ibis."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from lianxi.drills.errors import PeerMissing
from lianxi.drills.peers.environment import java, peer_python

PACKAGES = ("pyspark==4.0.1",)
"""The last line of versions that runs on Java 17."""

JOB = Path(__file__).with_name("spark_job.py")
LIMIT_S = 3_600


@dataclass(frozen=True, slots=True, kw_only=True)
class SparkRun:
    """What a run took."""

    started_s: float
    took_s: float
    version: str


def run(
    statements: dict[str, str],
    views: dict[str, list[Path]],
    rows: dict[str, dict[str, object]],
    into: Path,
    *,
    cores: int = 2,
    memory: str = "3g",
) -> SparkRun:
    """Run statements; each one's result becomes a folder of Parquet files.

    Args:
        statements: SQL of Spark, by name.
        views: the files of each table.
        rows: small tables, each `{"schema": DDL, "rows": [...]}`.
        into: where results go.
        cores: of this machine.
        memory: of the Java machine.

    Raises:
        PeerMissing: it cannot be installed, or it failed.
    """
    home, python = java(), peer_python("spark", *PACKAGES)
    order = {
        "statements": statements,
        "views": {name: [str(file) for file in files] for name, files in views.items()},
        "rows": rows,
        "into": str(into),
        "cores": cores,
        "memory": memory,
    }
    ran = subprocess.run(
        [str(python), str(JOB)],
        input=json.dumps(order),
        env={"JAVA_HOME": str(home), "PATH": f"{home}/bin:/usr/bin:/bin", "PYTHONUNBUFFERED": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT_S,
    )
    if ran.returncode:
        raise PeerMissing(peer="pyspark", reason=ran.stderr.strip()[-400:])
    said = json.loads(ran.stdout.splitlines()[-1])
    return SparkRun(
        started_s=said["started_s"], took_s=said["took_s"], version=str(said["version"])
    )
