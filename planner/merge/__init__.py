"""Three-way merge of roadmaps by table and key, and resolving what it leaves open."""
