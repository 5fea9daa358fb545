-- Visits by the hour of the day that they begin in. A session begins one when it starts half an hour or more after the latest end before it.
with session as (
    select listener, epoch_us(started_at) // 1000000 as start, epoch_us(ended_at) // 1000000 as "end"
    from {lines}
    where class = 'listener' and ended_at > {from} - interval 30 minutes and started_at < {to}
),
chained as (
    select start, start - max("end") over (
        partition by listener order by start
        rows between unbounded preceding and 1 preceding
    ) as silence
    from session
),
-- The clock of a zone is looked up once for each quarter hour, not for each visit.
quarter as (
    select start // 900 as quarter, count(*) as visits
    from chained
    where start >= epoch({from}) and (silence is null or silence >= 1800)
    group by quarter
)
select extract(hour from to_timestamp(quarter * 900) at time zone '{zone}') as hour, sum(visits) as visits
from quarter
group by hour
