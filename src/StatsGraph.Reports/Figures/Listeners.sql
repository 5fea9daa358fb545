-- listeners: distinct listeners with a session that overlaps the row's time or started in it.
select slice_key, d1, d2, d3, count(distinct listener) as listeners
from piece
group by all
