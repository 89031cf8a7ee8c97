"""The insecure parameter set makes the tests quick."""

from relight_ref.parameters import enable_test_parameters

enable_test_parameters()
