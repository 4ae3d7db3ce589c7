"""The audit: figures of one report that contradict each other, and which tasks are behind schedule."""

from mse.audit.checks import audit
from mse.audit.finding import Amount, Evidence, Finding
from mse.audit.schedule import schedule
from mse.audit.status import MetricStatus, TaskStatus

__all__ = ["Amount", "Evidence", "Finding", "MetricStatus", "TaskStatus", "audit", "schedule"]
