"""What the steps and notes of the trail are called; tests/records/test_labels.py finds one that is missing."""

STEPS = {
    "submit": "提交", "pass_review": "通过", "send_back": "退回修改", "reject": "不通过", "withdraw": "撤回",
    "lapse": "逾期", "void": "作废", "give_back": "交回", "redeem": "兑现", "reopen": "转为需重新认证",
    "expire": "到期", "admit_code": "核验代码", "update": "更新资料",
    "freeze": "冻结", "unfreeze": "解除冻结", "confirm": "确认接单", "decline": "不接单", "complete": "登记完成",
    "cancel": "取消", "upload_form": "上传申请表", "return_form": "申请表退回重传", "transfer": "转办", "export": "导出",
    "member_added": "加入审核单位", "member_role": "调整角色", "member_ended": "停用岗位", "member_returned": "恢复岗位",
    "stand_in_added": "安排代理", "stand_in_ended": "结束代理", "stood_in": "代理办理", "office_changed": "修改审核单位",
    "duty_changed": "调整管理职责", "account_made": "新建帐号", "account_changed": "修改帐号", "account_closed": "停用帐号",
    "account_opened": "启用帐号", "password_set": "代设密码", "unlock": "解除登录暂停", "reset_second_factor": "重置第二重验证",
    "place": "下单", "suspend": "暂停资格", "resume": "恢复资格", "handed_over": "移交管理员", "member_left": "离开单位",
    "member_removed": "移出单位", "invited": "发出邀请", "invitation_accepted": "接受邀请", "invitation_declined": "谢绝邀请",
    "invitation_withdrawn": "撤回邀请", "join_asked": "申请加入", "join_admitted": "同意加入", "join_declined": "未同意加入",
    "ask_deletion": "申请注销", "withdraw_deletion": "撤回注销申请", "delete_account": "注销帐号",
}  # fmt: skip
