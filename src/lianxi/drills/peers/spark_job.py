"""Runs in the peer's own environment: SQL over Parquet files by Spark in local mode.

Reads an order from standard input and prints what it took as one line of JSON. It imports nothing
of the product: the statements came from the product's own expressions, compiled by Ibis.
"""

import json
import sys
import time
from importlib import import_module
from typing import Any


def run(order: dict[str, Any]) -> dict[str, Any]:
    """Take the views, run the statements, write what each gives.

    Args:
        order: `views` (name: list of files), `rows` (name: list of records), `statements` (name:
            SQL), `into` (folder), `cores`, `memory`.
    """
    sql = import_module("pyspark.sql")
    began = time.monotonic()
    spark = (
        sql.SparkSession.builder.master(f"local[{order['cores']}]")
        .appName("lianxi-bench")
        .config("spark.driver.memory", order["memory"])
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", str(order["cores"] * 4))
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    started_s = time.monotonic() - began
    for name, files in order["views"].items():
        spark.read.parquet(*files).createOrReplaceTempView(name)
    for name, table in order["rows"].items():
        frame = spark.createDataFrame([tuple(row) for row in table["rows"]], table["schema"])
        frame.createOrReplaceTempView(name)
    began = time.monotonic()
    for name, statement in order["statements"].items():
        found = spark.sql(statement)
        found.write.mode("overwrite").parquet(f"{order['into']}/{name}")
    took_s = time.monotonic() - began
    said = {"started_s": started_s, "took_s": took_s, "version": spark.version}
    spark.stop()
    return said


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(json.load(sys.stdin))) + "\n")
