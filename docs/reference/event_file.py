"""Event files of TensorBoard, with the real package (tensorboard 2.21.0, see requirements.txt).

    python event_file.py golden FILE     writes the file that TestEventBytes compares with
    python event_file.py check RUN       reads RUN/tensorboard and compares it with RUN/metrics.jsonl: each number once
"""

import json
import math
import struct
import sys
from pathlib import Path


def golden(file):
    from tensorboard.compat.proto.event_pb2 import Event
    from tensorboard.compat.proto.summary_pb2 import Summary
    from tensorboard.summary.writer.record_writer import RecordWriter

    start = 1_790_000_000.25
    events = [
        (0, 0.0, {"round/number": 0.0}),
        (127, 1.5, {"qed/loss": -0.3, "evaluation/rewards/sa_shaped": 1e-30, "größe/" + "x" * 150: 3.0e38}),
        (128, 2.0, {"a": 1.0}),
        (3_000_000_000, 1e6, {"a": -0.0}),
    ]
    with open(file, "wb") as out:
        writer = RecordWriter(out)
        writer.write(Event(wall_time=start, file_version="brain.Event:2").SerializeToString())
        for step, seconds, values in events:
            summary = Summary(value=[Summary.Value(tag=tag, simple_value=value) for tag, value in values.items()])
            writer.write(Event(wall_time=start + seconds, step=step, summary=summary).SerializeToString())
        writer.flush()


def single(value):
    """As the file has it, in 32 bits."""
    return struct.unpack("<f", struct.pack("<f", value))[0]


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def wanted(run):
    """The numbers of steps and some of rounds, by tag, in the order of metrics.jsonl."""
    points, done, last = {}, 0, 0
    for line in (run / "metrics.jsonl").read_text().splitlines():
        line = json.loads(line)
        if "learner" in line:
            last = done + line["step"] + 1
            for key, value in line.items():
                if key not in ("learner", "step", "round") and is_number(value):
                    points.setdefault(f"{line['learner']}/{key}", []).append((last, single(value)))
        else:
            done = last
            points.setdefault("round/number", []).append((done, single(line["round"])))
            evaluation = line.get("evaluation")
            if evaluation:
                points.setdefault("evaluation/kl", []).append((done, single(evaluation["kl"]["mean"])))
                for name, reward in evaluation["rewards"].items():
                    if is_number(reward["raw"]["mean"]):
                        point = (done, single(reward["raw"]["mean"]))
                        points.setdefault(f"evaluation/rewards/{name}", []).append(point)
    return points


def check(run):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    events = EventAccumulator(str(run / "tensorboard"), size_guidance={"scalars": 0, "tensors": 0})
    events.Reload()
    found = {}
    for tag in events.Tags()["scalars"]:
        found[tag] = [(event.step, event.value) for event in events.Scalars(tag)]
        steps = [step for step, value in found[tag]]
        assert steps == sorted(set(steps)), f"{tag}: {steps}"
    numbers = 0
    for tag, points in wanted(run).items():
        assert found[tag] == points, f"{tag}: {found[tag]} instead of {points}"
        numbers += len(points)
    total = sum(map(len, found.values()))
    print(f"TensorBoard: {len(found)} tags, {total} numbers, each once; {numbers} of them equal to metrics.jsonl")


if __name__ == "__main__":
    {"golden": golden, "check": check}[sys.argv[1]](Path(sys.argv[2]))
