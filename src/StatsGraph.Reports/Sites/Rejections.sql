-- Rejected lines by reason, with the three different lines of the smallest hash as examples.
select reason, count(*) as lines, arg_min(excerpt, line_hash, 3) filter (ordinal = 0) as examples
from {{lines}}
where class = 'rejected'
group by reason
order by lines desc, reason
