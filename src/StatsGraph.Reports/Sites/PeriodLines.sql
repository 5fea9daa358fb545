-- Lines by class and reason: those with a stamp in a period, and those without any stamp.
select
    class, reason,
    count(*) filter (ended_at is not null) as lines,
    count(*) filter (ended_at is null) as undated
from {{lines}}
where class <> 'blank'
    and (ended_at is null or (epoch_us(ended_at) >= $since * 1000000 and epoch_us(ended_at) < $until * 1000000))
group by class, reason
