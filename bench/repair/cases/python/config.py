import json


def read_port(text):
    config = json.loads(text)
    return config.get("port", 8080)
# ---- test
from config import read_port
def test_port():
    assert read_port('{"port": 1}') == 1
# ---- crash
read_port("port=1")
