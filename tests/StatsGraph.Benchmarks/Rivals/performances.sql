-- What one would write: every session of listeners with every play of its mount that it overlaps, counted by track.
with play as (
    select mount, artist, title, started_at as play_start,
        least(coalesce(lead(started_at) over (partition by mount order by started_at), 'infinity'::timestamptz), started_at + interval 1 hour) as play_end
    from read_parquet({plays}, hive_partitioning = false)
    where class <> 'rejected'
),
listened as (
    select mount, started_at, ended_at
    from read_parquet({lines}, hive_partitioning = false)
    where class = 'listener' and ended_at > started_at
),
performance as (
    select artist, title, count(*) as performances
    from play join listened on listened.mount = play.mount and started_at < play_end and ended_at > play_start
    where greatest(started_at, play_start) >= '2026-09-01T00:00:00Z'::timestamptz and greatest(started_at, play_start) < '2026-10-01T00:00:00Z'::timestamptz
    group by artist, title
)
select sum(performances)::bigint from performance
