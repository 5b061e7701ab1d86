"""Runs the code cells of a notebook in their order, in this process; with --write, stores what they print and draw.

python deploy/check/notebook.py examples/notebook/rewards.ipynb [--write]
"""

import base64
import contextlib
import io
import json
import os
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

notebook, write = sys.argv[1], "--write" in sys.argv
with open(notebook, encoding="utf-8") as file:
    book = json.load(file)
os.chdir(os.path.dirname(os.path.abspath(notebook)))
outputs = []


def show():
    picture = io.BytesIO()
    plt.savefig(picture, format="png", metadata={"Software": None})
    plt.close()
    data = {"image/png": base64.b64encode(picture.getvalue()).decode(), "text/plain": ["<Figure>"]}
    outputs.append({"output_type": "display_data", "metadata": {}, "data": data})


plt.show = show
names = {"__name__": "__main__"}
for number, cell in enumerate((cell for cell in book["cells"] if cell["cell_type"] == "code"), 1):
    outputs = []
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile("".join(cell["source"]), f"cell {number}", "exec"), names)
    text = printed.getvalue()
    print(text, end="")
    if text:
        outputs.insert(0, {"output_type": "stream", "name": "stdout", "text": text.splitlines(keepends=True)})
    cell["outputs"], cell["execution_count"] = outputs, number
    print(f"cell {number}: {len(text)} characters, {sum('image/png' in str(one) for one in outputs)} pictures")
names["spark"].stop()
if write:
    with open(os.path.basename(notebook), "w", encoding="utf-8") as file:
        json.dump(book, file, indent=1, ensure_ascii=False)
        file.write("\n")
