"""What all mappings of the format have in common."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, model_validator


class Model(BaseModel):
    """A mapping of known keys; a key written without a value counts as not written."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        arbitrary_types_allowed=True,
        use_attribute_docstrings=True,
        defer_build=True,  # most commands read few kinds of files, and some read none
    )

    #: The key whose text can be written in place of the mapping, if there is one.
    short_form: ClassVar[str] = ""

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, data: Any) -> Any:
        if cls.short_form and isinstance(data, str):
            return {cls.short_form: data}
        if isinstance(data, dict) and None in data.values():
            known = {field.alias or name for name, field in cls.model_fields.items()}
            # An unknown key stays, so that it is reported: it may hold what was typed as text.
            return {
                key: value for key, value in data.items() if value is not None or key not in known
            }
        return data
