-- What every figure is computed from: the sessions that pass the filter and touch the period, cut into the slices of time that the rows
-- stand for. A row is named by the key of its slices and by up to three values (d1, d2, d3).
with zone as (
    select unnest($zone_since::bigint[]) as since, unnest($zone_offset::bigint[]) as offset_seconds
),
slice as (
    select
        unnest(range(len($slice_from::bigint[]))) as number,
        unnest($slice_from::bigint[]) as slice_from,
        unnest($slice_to::bigint[]) as slice_to,
        unnest($slice_key::bigint[]) as slice_key
),
passing as (
    select * from {{sessions}}
    where start < $until and touched_until > $since and {{filter}}
),
piece as (
    select
        slice_key, {{d1}} as d1, {{d2}} as d2, {{d3}} as d3,
        start, "end", duration, bytes, listener, first_of_visit,
        start >= slice_from as started,
        greatest(start, slice_from) as open_from,
        least("end", slice_to) as open_to,
        greatest(least("end", slice_to) - greatest(start, slice_from), 0) as seconds,
        greatest(least("end", slice_to, $through) - greatest(start, slice_from), 0) as seconds_through,
        slice_from, slice_to
    from {{cut}}
)
