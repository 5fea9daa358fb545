-- Visits by the mount of their first session. A session begins one when it starts half an hour or more after the latest end before it.
with session as (
    select listener, epoch_us(started_at) // 1000000 as start, epoch_us(ended_at) // 1000000 as "end", mount
    from {lines}
    where class = 'listener' and ended_at > {from} - interval 30 minutes and started_at < {to}
),
chained as (
    select start, mount, start - max("end") over (
        partition by listener order by start, "end", mount
        rows between unbounded preceding and 1 preceding
    ) as silence
    from session
)
select mount, count(*) as visits
from chained
where start >= epoch({from}) and (silence is null or silence >= 1800)
group by mount
