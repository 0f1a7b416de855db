"""The translation engine: Argos packages, and batched decoding of them through CTranslate2."""

from toolkit.engine.decoder import Decoder, Hypothesis
from toolkit.engine.packages import ModelPackage, choose, find, install, packages, remove

__all__ = ["Decoder", "Hypothesis", "ModelPackage", "choose", "find", "install", "packages", "remove"]
