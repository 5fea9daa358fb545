-- sessions: sessions that started in the row's time. visits: those of them that began a visit.
-- duration_seconds, bytes: their full durations and bytes. listening_seconds: overlap of all sessions with the row's time;
-- listening_seconds_through: as much of it as lies before the end of the data.
select
    slice_key, d1, d2, d3,
    count(*) filter (started) as sessions,
    count(*) filter (started and first_of_visit) as visits,
    coalesce(sum(duration) filter (started), 0)::bigint as duration_seconds,
    coalesce(sum(bytes) filter (started), 0)::hugeint as bytes,
    sum(seconds)::bigint as listening_seconds,
    sum(seconds_through)::bigint as listening_seconds_through
from piece
group by all
