-- The latest stamp of an accepted line that is not in the future, and the earliest one that is.
select
    max(epoch_us(ended_at)) filter (epoch_us(ended_at) <= $now * 1000000) // 1000000 as through,
    min(epoch_us(ended_at)) filter (epoch_us(ended_at) > $now * 1000000) // 1000000 as next
from {{lines}}
where class not in ('rejected', 'blank')
