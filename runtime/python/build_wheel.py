"""How pip builds the package: CMake builds the extension module in the source tree around this folder, and the rest is packed beside it.

Nothing is fetched. CMake, a compiler and the packages of packages.txt, group [build], must be there, and the headers of Python. Settings:
--config-settings build-dir=FOLDER (build-python in the source tree), --config-settings cmake=-DWRIT_NATIVE=OFF for one option of CMake (without LLVM: the
interpreter alone).
"""

import base64
import hashlib
import os
import pathlib
import subprocess
import sys
import sysconfig
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parents[1]
NAME, VERSION = "writ", "0.1.0"
TAG = "cp39-abi3-" + sysconfig.get_platform().replace("-", "_").replace(".", "_")
METADATA = f"""Metadata-Version: 2.1
Name: {NAME}
Version: {VERSION}
Summary: Service agreements written as rules: checked, compiled, and evaluated over tables
License: Apache-2.0
Requires-Python: >=3.9
Description-Content-Type: text/markdown

"""


def _options(settings):
    extra = (settings or {}).get("cmake", [])
    return [extra] if isinstance(extra, str) else list(extra)


def _build(settings):
    """The folder that holds the extension module."""
    build = pathlib.Path((settings or {}).get("build-dir", SOURCE / "build-python")).resolve()
    subprocess.run(
        [
            "cmake", "-S", str(SOURCE), "-B", str(build), "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DWRIT_TESTS=OFF", "-DWRIT_WERROR=OFF",
            "-DWRIT_PYTHON=ON", f"-DPython3_EXECUTABLE={sys.executable}", f"-DPython3_INCLUDE_DIR={sysconfig.get_path('include')}", *_options(settings),
        ],
        check=True,
    )  # fmt: skip
    subprocess.run(["cmake", "--build", str(build), "--target", "writ_python"], check=True)
    return build / "python" / NAME


def _files(folder):
    for path in sorted((HERE / NAME).iterdir()):
        if path.suffix in (".py", ".pyi") or path.name == "py.typed":
            yield f"{NAME}/{path.name}", path.read_bytes()
    module = next(folder.glob("_writ.*"))
    yield f"{NAME}/{module.name}", module.read_bytes()
    info = f"{NAME}-{VERSION}.dist-info"
    yield f"{info}/METADATA", (METADATA + (HERE / "README.md").read_text(encoding="utf-8")).encode()
    yield f"{info}/WHEEL", f"Wheel-Version: 1.0\nGenerator: {NAME}\nRoot-Is-Purelib: false\nTag: {TAG}\n".encode()
    yield f"{info}/LICENSE", (SOURCE / "LICENSE").read_bytes()


def _digest(data):
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def _write(wheel, name, data):
    # The same sources make the same bytes: no time of today.
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.external_attr = (0o755 if name.endswith(".so") else 0o644) << 16
    wheel.writestr(info, data, zipfile.ZIP_DEFLATED)


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    folder = _build(config_settings)
    name = f"{NAME}-{VERSION}-{TAG}.whl"
    record = f"{NAME}-{VERSION}.dist-info/RECORD"
    lines = []
    with zipfile.ZipFile(os.path.join(wheel_directory, name), "w") as wheel:
        for path, data in _files(folder):
            _write(wheel, path, data)
            lines.append(f"{path},{_digest(data)},{len(data)}\n")
        _write(wheel, record, ("".join(lines) + f"{record},,\n").encode())
    return name


def build_sdist(sdist_directory, config_settings=None):
    raise RuntimeError("the package is built in the source tree of Writ: pip install ./runtime/python, or pip wheel ./runtime/python")
