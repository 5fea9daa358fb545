-- duration_quantile: of the full durations of the sessions that started in the row's time, linear between the closest ranks, at (n-1)p.
select slice_key, d1, d2, d3, quantile_cont(duration, $p::double) as duration_quantile
from piece
where started
group by all
