-- Distinct listeners.
select '' as key, count(distinct listener) as listeners
from {lines}
where class = 'listener' and (ended_at > {from} or started_at >= {from}) and ended_at >= {from} and started_at < {to}
