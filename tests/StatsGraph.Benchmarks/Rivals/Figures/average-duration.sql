-- Mean duration of the sessions that started in the period.
select '' as key, count(*) as sessions, avg(duration) as average_duration
from {lines}
where class = 'listener' and started_at >= {from} and started_at < {to}
