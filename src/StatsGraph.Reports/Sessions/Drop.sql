drop table {{name}}
