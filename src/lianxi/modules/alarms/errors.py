"""Refusals of the alarms module."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class AlarmRulesChanged(Rejection):
    """Somebody else changed this after you read it; read it again and repeat your change."""

    code = "changed_meanwhile"
    status = HTTPStatus.PRECONDITION_FAILED


class AlarmRuleInvalid(Rejection):
    """An alarm rule cannot be like this; the facts name the rule, its field and what is wrong."""

    code = "alarm_rule_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
