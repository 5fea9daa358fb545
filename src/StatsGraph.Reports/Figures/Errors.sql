-- Refused requests that started in the period. They have the fields of a session but those that only a visit gives.
with zone as (
    select unnest($zone_since::bigint[]) as since, unnest($zone_offset::bigint[]) as offset_seconds
),
alias as (
    select unnest($alias_from::varchar[]) as alias_from, unnest($alias_to::varchar[]) as alias_to
),
request as (
    select
        status, mount as path, coalesce(alias_to, mount) as mount, epoch_us(coalesce(started_at, ended_at)) // 1000000 as start,
        duration, country, region, city, referrer, player, user_agent
    from {{lines}}
    left join alias on alias_from = mount
    where class = 'error'
)
select status, path, count(*) as requests, max(start) as last_seen
from {{requests}}
where start >= $since and start < $until and {{filter}}
group by status, path
limit $limit
