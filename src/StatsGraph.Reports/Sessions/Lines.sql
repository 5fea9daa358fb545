read_parquet($files::varchar[], hive_partitioning = false, filename = true)
