"""What pip is handed: a wheel whose list of contents is right, and a package that works when it is unpacked."""

import base64
import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import zipfile

import writ

# After the package: beside the builder lie the sources of it, without the extension module.
sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "runtime" / "python"))
import build_wheel  # noqa: E402


class Wheel(unittest.TestCase):
    def setUp(self):
        # What CMake would build is built already: the package that is being tested.
        self.build, build_wheel._build = build_wheel._build, lambda settings: pathlib.Path(writ.__file__).parent

    def tearDown(self):
        build_wheel._build = self.build

    def test_the_wheel(self):
        with tempfile.TemporaryDirectory() as folder:
            name = build_wheel.build_wheel(folder)
            self.assertRegex(name, r"^writ-0\.1\.0-cp39-abi3-\w+\.whl$")
            with zipfile.ZipFile(os.path.join(folder, name)) as wheel:
                names = wheel.namelist()
                for line in wheel.read("writ-0.1.0.dist-info/RECORD").decode().splitlines():
                    path, digest, size = line.split(",")
                    names.remove(path)
                    if not digest:
                        continue
                    data = wheel.read(path)
                    self.assertEqual(int(size), len(data))
                    self.assertEqual(digest, "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode())
                self.assertEqual(names, [])
                for path in ("writ/__init__.py", "writ/_writ.abi3.so", "writ/_writ.pyi", "writ/py.typed", "writ-0.1.0.dist-info/METADATA"):
                    self.assertIn(path, wheel.namelist())
                wheel.extractall(folder)
            program = "import writ; print(writ.__file__); print(len(writ.check('agreement \"Desk\"\\n')) > 0)"
            done = subprocess.run([sys.executable, "-c", program], cwd=folder, env={**os.environ, "PYTHONPATH": folder}, capture_output=True, text=True)
            self.assertEqual(done.stdout.splitlines(), [os.path.join(folder, "writ", "__init__.py"), "True"], done.stderr)

    def test_two_wheels_are_the_same(self):
        with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
            names = [build_wheel.build_wheel(folder) for folder in (first, second)]
            one, other = (pathlib.Path(folder, name).read_bytes() for folder, name in zip((first, second), names))
            self.assertEqual(one, other)


if __name__ == "__main__":
    unittest.main()
