from django.contrib.admin import AdminSite


class EditorsDesk(AdminSite):
    pass
