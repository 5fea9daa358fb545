-- Rejected lines by file and reason, with the three different lines of the smallest hash as examples.
select
    filename, reason, count(*) as lines,
    min(line_hash, 3) filter (ordinal = 0 and excerpt is not null) as hashes,
    arg_min(excerpt, line_hash, 3) filter (ordinal = 0 and excerpt is not null) as examples
from {{lines}}
where class = 'rejected'
group by filename, reason
