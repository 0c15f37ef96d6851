"""单位认证: its form, its page, licences, codes on proof, snapshots."""
