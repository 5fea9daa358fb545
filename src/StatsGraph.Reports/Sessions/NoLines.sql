(select
    null::varchar as filename, null::varchar as class, null::bigint as line_hash, null::integer as ordinal, null::varchar as reason, null::varchar as excerpt,
    null::timestamptz as started_at, null::timestamptz as ended_at, null::bigint as duration, null::integer as status,
    null::decimal(20, 0) as bytes, null::varchar as mount, null::bigint as listener, null::varchar as user_agent,
    null::varchar as player, null::varchar as referrer, null::varchar as country, null::varchar as region, null::varchar as city,
    null::bigint as asn, null::varchar as network
where false)
