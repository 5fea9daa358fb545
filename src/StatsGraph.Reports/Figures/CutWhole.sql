-- One slice: nearly every session lies within it.
passing join slice on start < slice_to and touched_until > slice_from
