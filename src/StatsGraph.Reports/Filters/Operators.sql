-- What each operator of a filter means. {{column}} is a column, {{value}} a bound value or null, {{values}} a bound list without null.
-- Negations match null; no operator yields null itself, so that a negation is the exact opposite.

-- Equal
({{column}} is not distinct from {{value}})

-- NotEqual
({{column}} is distinct from {{value}})

-- In
coalesce(list_contains({{values}}, {{column}}), false)

-- InOrNull
(coalesce(list_contains({{values}}, {{column}}), false) or {{column}} is null)

-- NotIn
(not coalesce(list_contains({{values}}, {{column}}), false))

-- NotInNorNull
(not coalesce(list_contains({{values}}, {{column}}), false) and {{column}} is not null)

-- Contains
coalesce(contains({{column}}, {{value}}), false)

-- NotContains
coalesce(not contains({{column}}, {{value}}), true)

-- StartsWith
coalesce(starts_with({{column}}, {{value}}), false)

-- NotStartsWith
coalesce(not starts_with({{column}}, {{value}}), true)

-- EndsWith
coalesce(ends_with({{column}}, {{value}}), false)

-- NotEndsWith
coalesce(not ends_with({{column}}, {{value}}), true)

-- Greater
coalesce({{column}} > {{value}}, false)

-- GreaterOrEqual
coalesce({{column}} >= {{value}}, false)

-- Less
coalesce({{column}} < {{value}}, false)

-- LessOrEqual
coalesce({{column}} <= {{value}}, false)
