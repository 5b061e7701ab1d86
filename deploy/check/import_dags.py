"""Has Airflow itself import the DAGs of a folder, and prints their tasks; a DAG made wrong must not be imported."""

import runpy
import sys
import tempfile
from pathlib import Path


def main(folder):
    files = sorted(Path(folder).glob("*.py"))
    for path in files:
        dag = runpy.run_path(str(path))["dag"]
        dag.validate()
        dag.check_cycle()
        names = ", ".join(f"{task.task_id} ({type(task).__name__})" for task in dag.topological_sort())
        print(f"| airflow/{path.name} | Airflow: {dag.dag_id} | {names} |", flush=True)
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / files[0].name
        text = files[0].read_text(encoding="utf-8")
        copy.write_text(text.replace("execution_role_arn=", "execution_role=", 1), encoding="utf-8")
        try:
            runpy.run_path(str(copy))
        except TypeError as refused:
            print(f"| airflow/{copy.name} | Airflow: execution_role_arn -> execution_role | refused: {refused} |")
            return 0
    print("NOT REFUSED: a DAG with a parameter that its operator does not have")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
