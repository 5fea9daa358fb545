-- The latest stamp of an accepted line, by file.
select filename, max(epoch_us(ended_at)) // 1000000 as last_end
from {{lines}}
where class not in ('rejected', 'blank') and ended_at is not null
group by filename
