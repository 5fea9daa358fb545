select count(*) from {{name}}
