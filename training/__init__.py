"""The recipe behind the bundled Dutch→English model: `python -m training STEP`, one module a step.

This room needs the extra `training` (PyTorch, eflomal, simplemma, wordfreq). It imports nothing of `toolkit`, and
nothing of it is imported there, so that a machine with PyTorch and NumPy alone can train.
"""
