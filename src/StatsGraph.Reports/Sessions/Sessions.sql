-- The sessions of one site, each with the visit it belongs to.
-- A visit is formed of all sessions of one listener and kind: ordered by start, end, mount and line hash, a session goes on with the
-- visit while it starts less than 30 minutes (1,800 s) after the latest end so far. The ordinal tells equal lines apart, so that both
-- windows see them in one order.
create table {{name}} as
with alias as (
    select unnest($alias_from::varchar[]) as alias_from, unnest($alias_to::varchar[]) as alias_to
),
session as (
    select
        class as kind,
        epoch_us(started_at) // 1000000 as start,
        epoch_us(ended_at) // 1000000 as "end",
        duration,
        bytes::ubigint as bytes,
        coalesce(alias_to, mount) as mount,
        listener, line_hash, ordinal, country, region, city, asn, network, referrer, player, user_agent
    from {{lines}}
    left join alias on alias_from = mount
    where class in ('listener', 'relay', 'bot') and duration >= $min_duration
),
chained as (
    select *, start - max("end") over earlier as silence
    from session
    window earlier as (
        partition by kind, listener order by start, "end", mount, line_hash, ordinal
        rows between unbounded preceding and 1 preceding
    )
),
begun as (
    select *, coalesce(silence >= 1800, true) as first_of_visit
    from chained
)
select
    kind,
    start,
    "end",
    -- A session of 0 s touches the instant it started at.
    greatest("end", start + 1) as touched_until,
    duration,
    bytes,
    mount,
    last_value(if(first_of_visit, mount, null) ignore nulls) over (
        partition by kind, listener order by start, "end", mount, line_hash, ordinal
        rows between unbounded preceding and current row
    ) as entry_mount,
    first_of_visit,
    listener, country, region, city, 'AS' || asn as network, network as network_name, referrer, player, user_agent
from begun
order by start
