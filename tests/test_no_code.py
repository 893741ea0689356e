"""Nothing that comes from outside is ever run: no pickle, no shell, no code of a model."""

import ast
import json
from pathlib import Path

import pytest
import yaml
from small_models import write_model

from corpus.front_matter import _Loader
from retrieval.encoder import load_encoder
from retrieval.errors import EncoderError

ROOT = Path(__file__).parents[1]
SOURCES = sorted(path for name in ("bot", "corpus", "retrieval") for path in (ROOT / name).rglob("*.py"))
# Modules that run what they read, or unpack it wherever it says.
RUN_WHAT_THEY_READ = {
    "pickle",
    "cPickle",
    "dill",
    "cloudpickle",
    "joblib",
    "marshal",
    "shelve",
    "runpy",
    "code",
}
UNPACK_ANYWHERE = {"tarfile", "shutil.unpack_archive"}
# Calls that do, by their last name; those of other things have another name before the dot.
CALLS = {
    "eval",
    "exec",
    "__import__",
    "compile",
    "system",
    "popen",
    "extractall",
    "unpack_archive",
    "unsafe_load",
}
HARMLESS = {"re.compile", "openvino.compile", "core.compile"}
# Arguments that let code in, and what they have to be.
ARGUMENTS = {
    "shell": False,
    "trust_remote_code": False,
    "allow_pickle": False,
    "use_safetensors": True,
    "weights_only": True,
}


def _written(call):
    return ast.unparse(call.func)


def _calls(path):
    return [each for each in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(each, ast.Call)]


def test_sources():
    """No module runs what it reads, and what could is told not to."""
    found = [f"{path.relative_to(ROOT)}: {said}" for path in SOURCES for said in _risks(path)]

    assert found == []


def _risks(path):
    tree = ast.parse(path.read_text("utf-8"))
    for each in ast.walk(tree):
        match each:
            case ast.Import(names):
                yield from (name.name for name in names if _root(name.name) in RUN_WHAT_THEY_READ)
            case ast.ImportFrom(module=str(module)) if _root(module) in RUN_WHAT_THEY_READ:
                yield module
            case ast.Call() if _written(each).rpartition(".")[2] in CALLS and _written(each) not in HARMLESS:
                yield _written(each)
            case ast.keyword(arg, value) if not _as_told(arg, value):
                yield ast.unparse(each)
            case ast.Dict(keys, values):
                pairs = zip(keys, values, strict=True)
                yield from (
                    ast.unparse(each)
                    for key, value in pairs
                    if isinstance(key, ast.Constant) and not _as_told(key.value, value)
                )


def _root(module):
    return module.partition(".")[0]


def _as_told(name, value):
    return name not in ARGUMENTS or ast.unparse(value) == str(ARGUMENTS[name])


def test_what_loads_a_model():
    """Whatever loads a model says that it may bring no code, and weights in safetensors only."""
    loading = {
        (path.name, _written(call)): {word.arg for word in call.keywords}
        for path in SOURCES
        for call in _calls(path)
        if _written(call) in ("SentenceTransformer", "CrossEncoder") and path.name.startswith("torch_")
    }

    assert len(loading) == 2
    for given in loading.values():
        assert {"trust_remote_code", "local_files_only", "model_kwargs"} <= given


def test_what_reads_yaml():
    """YAML is read by the safe loader, or by what is one."""
    loaders = [
        ast.unparse(call.keywords[0].value)
        for path in SOURCES
        for call in _calls(path)
        if _written(call).startswith("yaml.")
    ]

    assert loaders == ["_Loader"]
    assert issubclass(_Loader, yaml.SafeLoader)
    assert _Loader.yaml_constructors is yaml.SafeLoader.yaml_constructors


@pytest.mark.parametrize("place", ["modules.json", "auto_map", "pickle"])
def test_model_with_code(tmp_path, place):
    """A model folder that brings code, or weights that could, is refused in words, and nothing of it runs."""
    folder, ran = Path(write_model(tmp_path / "model")), tmp_path / "ran"
    code = f"from pathlib import Path\nPath({str(ran)!r}).touch()\nclass Layer: pass\n"
    (folder / "modeling_theirs.py").write_text(code)
    if place == "modules.json":
        layers = json.loads((folder / "modules.json").read_text())
        layers[0]["type"] = "modeling_theirs.Layer"
        (folder / "modules.json").write_text(json.dumps(layers))
    elif place == "auto_map":
        config = json.loads((folder / "config.json").read_text())
        config |= {
            "model_type": "theirs",
            "auto_map": {"AutoModel": "modeling_theirs.Layer", "AutoConfig": "modeling_theirs.Layer"},
        }
        (folder / "config.json").write_text(json.dumps(config))
    else:
        (folder / "model.safetensors").rename(folder / "pytorch_model.bin")

    with pytest.raises(EncoderError) as caught:
        load_encoder(str(folder), models=tmp_path / "models", backend="torch")

    assert "model" in caught.value.message
    assert caught.value.remedy
    assert not ran.exists()
