"""scipy, loaded when something is solved: it takes most of a second and fifty megabytes, and few processes hide cells."""

from typing import Any

# scipy says no types; these names say which of its things is meant.
Matrix = Any
Constraint = Any
Limits = Any


def linprog(*args: Any, **named: Any) -> Any:
    """scipy.optimize.linprog."""
    from scipy import optimize  # noqa: PLC0415 -- slow import

    return optimize.linprog(*args, **named)


def milp(*args: Any, **named: Any) -> Any:
    """scipy.optimize.milp."""
    from scipy import optimize  # noqa: PLC0415 -- slow import

    return optimize.milp(*args, **named)


def within(low: Any, high: Any) -> Limits:
    """scipy.optimize.Bounds."""
    from scipy import optimize  # noqa: PLC0415 -- slow import

    return optimize.Bounds(low, high)


def between(matrix: Matrix, least: Any, most: Any) -> Constraint:
    """scipy.optimize.LinearConstraint."""
    from scipy import optimize  # noqa: PLC0415 -- slow import

    return optimize.LinearConstraint(matrix, least, most)


def sparse(values: Any, shape: tuple[int, int]) -> Matrix:
    """scipy.sparse.csr_array."""
    from scipy.sparse import csr_array  # noqa: PLC0415 -- slow import

    return csr_array(values, shape=shape)
