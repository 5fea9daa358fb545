-- Groups with what they can be filtered and ordered by.
, total as (
    {{figures}}
),
label as (
    select unnest(range(len($label::varchar[]))) as slice_key, unnest($label::varchar[]) as label
),
named as (
    select total.*, {{key}} as key, listening_seconds / 3600.0::double as tuning_hours
    from total left join label using (slice_key)
)
select slice_key, d1, d2, d3, sessions, visits, duration_seconds, bytes, listening_seconds, listening_seconds_through
from named
where {{having}}
limit $limit
